/** The style sheet of the list of saved cards, and of the question whether to remove one. */
import { css } from 'lit';

export const savedCardStyles = css`
  .card-row {
    display: flex;
    align-items: stretch;
  }
  .card-row + .card-row {
    border-block-start: 1px solid var(--_color-border);
  }
  .card-row .method {
    flex: 1;
    min-inline-size: 0;
    border: 0;
  }
  .card-row:has(:checked) {
    background: var(--_color-accent-soft);
  }
  .cards-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    inline-size: 100%;
    margin-block: -11px;
  }
  .manage {
    min-block-size: 44px;
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_color-accent);
    font: inherit;
    font-size: var(--_font-size-small);
    font-weight: var(--_font-weight-strong);
    cursor: pointer;
  }
  .manage:focus-visible {
    outline: 2px solid var(--_color-accent);
    outline-offset: 2px;
    border-radius: 6px;
  }
  .remove {
    display: grid;
    place-items: center;
    inline-size: 48px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_color-text-muted);
    cursor: pointer;
  }
  .remove:focus-visible {
    outline: 2px solid var(--_color-accent);
    outline-offset: -4px;
    border-radius: var(--_radius-control);
  }
  .asked {
    flex-wrap: wrap;
    align-items: center;
    padding-inline-start: var(--_space-4);
  }
  .asked p {
    padding-block: var(--_space-3);
  }
  .asked span {
    margin-inline-start: auto;
  }
  .asked span {
    display: flex;
    gap: var(--_space-5);
  }
  .asked .secondary {
    inline-size: auto;
    min-inline-size: 44px;
    padding-inline: var(--_space-3);
  }
  .asked .yes {
    color: var(--_color-danger);
  }
`;
