/** The style sheet of rows that lead on: wallets and what stands beside them in the list of methods, and what a pay code's form offers besides. */
import { css } from 'lit';

export const leadingRowStyles = css`
  .offer {
    box-sizing: border-box;
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    inline-size: 100%;
    min-block-size: 56px;
    margin: 0;
    padding: var(--_space-2) var(--_space-4);
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
    touch-action: manipulation;
  }
  /* It leads to where the reading goes. */
  [dir='rtl'] :is(.offer, button.method) > .icon {
    scale: -1 1;
  }
  .offer + .offer {
    border-block-start: 1px solid var(--_color-border);
  }
  .offer > .icon {
    inline-size: 24px;
    block-size: 24px;
    margin: 0;
    color: var(--_color-text-muted);
  }
  .folded > summary {
    border: 0;
    list-style: none;
  }
  .folded > summary::-webkit-details-marker {
    display: none;
  }
  .folded > summary .icon {
    rotate: 90deg;
  }
  .folded[open] > summary {
    display: none;
  }
  .folded[open] .method:nth-child(2) {
    border: 0;
  }
  @media (hover: hover) {
    .offer:hover,
    .method:is(button, summary):hover {
      background: var(--_color-sunken);
    }
  }
  .offer:focus-visible,
  .method:is(button, summary):focus-visible {
    outline: 2px solid var(--_color-accent);
    outline-offset: -3px;
    border-radius: var(--_radius-control);
  }
  [dir='rtl'] .methods:has(> button) > label::after {
    rotate: -135deg;
  }
  .methods:has(> button) > label:has(:focus-visible) {
    outline: 2px solid var(--_color-accent);
    outline-offset: -3px;
    border-radius: var(--_radius-control);
  }
`;
