/** The style sheet of the list of methods. */
import { css } from 'lit';

export const methodListStyles = css`
  .choice,
  .methods {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0 0 var(--_space-2);
  }
  .methods {
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius-group);
    overflow: hidden;
  }
  .method {
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
  .methods > * + .method,
  .folded .method,
  .folded {
    border-block-start: 1px solid var(--_color-border);
  }
  .way {
    flex: 1;
    display: grid;
    min-inline-size: 0;
    font-weight: var(--_font-weight-strong);
    line-height: calc(var(--_line) - 0.1);
  }
  .way small {
    color: var(--_color-text-muted);
    font-weight: 400;
    font-size: 13px;
  }
  .method > .icon,
  .sign .icon {
    inline-size: 24px;
    block-size: 24px;
    margin: 0;
  }
  .method > .icon {
    color: var(--_color-text-muted);
  }
  .method:has(:checked) > .icon {
    color: var(--_color-accent);
  }
  :disabled .method {
    cursor: default;
  }
  .method:has(:checked) {
    background: var(--_color-accent-soft);
  }
  .method input {
    flex: none;
    inline-size: 22px;
    block-size: 22px;
    margin: 0;
    border: 2px solid var(--_color-border-strong);
    border-radius: 50%;
    background: var(--_color-surface);
    appearance: none;
  }
  .method input:checked {
    border: 7px solid var(--_color-accent);
  }
  .method input:focus-visible {
    outline: 2px solid var(--_color-accent);
    outline-offset: 2px;
  }
  /*
   * Beside wallets, which lead on, a method that is not chosen yet looks as they do: what it is at the start, and where it leads at the
   * end. It stays a radio for keys and screen readers.
   */
  .methods:has(> button) > label > input {
    position: absolute;
    opacity: 0;
  }
  .methods:has(> button) > label {
    position: relative;
  }
  .wallet-mark,
  .methods:has(> button) > label > .icon {
    box-sizing: border-box;
    inline-size: 32px;
    block-size: 32px;
    margin-inline: -5px;
    border-radius: 9px;
  }
  .wallet-mark {
    line-height: 1;
    font-weight: var(--_font-weight-strong);
  }
  .methods:has(> button) > label > .icon {
    order: -1;
    padding: 5px;
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
  }
  .methods:has(> button) > label:not(:has(:checked))::after {
    box-sizing: border-box;
    inline-size: 10px;
    block-size: 10px;
    margin-inline: 0 8px;
    border: solid var(--_color-text-muted);
    border-width: 1.8px 1.8px 0 0;
    content: '';
    rotate: 45deg;
  }
`;
