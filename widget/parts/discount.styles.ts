/** The style sheet of the line below the amount that says what a discount takes off. It is drawn by the later screens. */
import { css } from 'lit';

export const discountStyles = css`
  .discount {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_space-2);
    margin-block-start: calc(-1 * var(--_space-3));
    color: var(--_color-text-muted);
    font-size: var(--_font-size-small);
  }
  /* The cross stays beside what it takes away. */
  .taken {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
  }
  .off {
    padding: 2px var(--_space-2);
    border-radius: 8px;
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
  }
  .off b {
    font-weight: var(--_font-weight-strong);
    white-space: nowrap;
  }
  .drop {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    margin: 0;
    margin-inline-start: -8px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_color-text-muted);
    cursor: pointer;
  }
  .drop:focus-visible {
    outline: 2px solid var(--_color-accent);
    outline-offset: -4px;
    border-radius: var(--_radius-control);
  }
  .drop .icon {
    margin: 0;
  }
`;
