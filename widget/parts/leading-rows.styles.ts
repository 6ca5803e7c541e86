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
  /*
   * Beside wallets, which lead on, a method that is not chosen yet looks as they do: what it is at the start, and where it leads at the
   * end. It stays a radio for keys and screen readers.
   */
  .methods:has(> button) > label > input {
    position: absolute;
    opacity: 0;
  }
  .methods:has(> button) > label > .icon {
    order: -1;
    box-sizing: border-box;
    inline-size: 32px;
    block-size: 32px;
    margin-inline: -5px;
    padding: 5px;
    border-radius: 9px;
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
  }
  .methods:has(> button) > label {
    position: relative;
  }
  .methods:has(> button) > label::after {
    box-sizing: border-box;
    inline-size: 10px;
    block-size: 10px;
    margin-inline: 0 8px;
    border: solid var(--_color-text-muted);
    border-width: 1.8px 1.8px 0 0;
    content: '';
    rotate: 45deg;
  }
  [dir='rtl'] .methods:has(> button) > label::after {
    rotate: -135deg;
  }
  .methods:has(> button) > label:has(:checked)::after {
    display: none;
  }
  .methods:has(> button) > label:has(:focus-visible) {
    outline: 2px solid var(--_color-accent);
    outline-offset: -3px;
    border-radius: var(--_radius-control);
  }
`;
