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
  /* As high as the two rows that it replaces. */
  .asked {
    display: grid;
    align-content: center;
    gap: var(--_space-2);
    box-sizing: border-box;
    min-block-size: 113px;
    padding: var(--_space-2) var(--_space-4);
  }
  .asked p {
    font-weight: var(--_font-weight-strong);
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  .answers .secondary {
    flex: 1 1 6em;
    inline-size: auto;
    padding-inline: var(--_space-3);
    border-color: var(--_color-border);
  }
  .asked .yes {
    color: var(--_color-danger);
  }
  .of-card {
    white-space: nowrap;
  }
`;
