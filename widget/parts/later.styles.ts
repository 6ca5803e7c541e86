/** The style sheet that only the later screens need: moving icons, the link back, what the forms offer besides. */
import { css } from 'lit';
import { detailsStyles } from './details.styles.ts';
import { discountStyles } from './discount.styles.ts';
import { qrStyles } from './qr.styles.ts';
import { statusStyles } from './status.styles.ts';
import { walletMarkStyles } from './wallet-marks.styles.ts';

export const laterStyles = css`
  ${detailsStyles}
  ${discountStyles}
  ${qrStyles}
  ${statusStyles}
  ${walletMarkStyles}
  .secondary,
  .copy {
    min-block-size: var(--_control-height-secondary);
    background: none;
    color: var(--_color-accent);
  }
  .copy {
    flex: none;
    inline-size: 44px;
    padding: 0;
    border-radius: 10px;
  }
  .copy .icon {
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
  }
  @media (hover: hover) {
    .copy:hover,
    .paste:hover {
      background: color-mix(in srgb, var(--_color-accent-soft), var(--_color-accent) 8%);
    }
    .secondary:hover {
      text-decoration: underline;
    }
  }
  pay-code-options:not([hidden]),
  pay-discount:not([hidden]),
  .consent {
    display: grid;
    gap: var(--_space-2);
  }
  /* Red is for what was typed. What the customer did not cause, a lost connection or a fault of ours, is amber. */
  .field:has([aria-invalid='false']) > .error {
    color: var(--_color-warning);
  }
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
  .offer + .offer {
    border-block-start: 1px solid var(--_color-border);
  }
  .offer > .icon {
    inline-size: 24px;
    block-size: 24px;
    margin: 0;
    color: var(--_color-text-muted);
  }
  /* While the question about the code is open, its buttons replace the submit button. */
  .panel:has(.consent) > .submit {
    display: none;
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
  .problem {
    padding: var(--_space-3);
    border-radius: var(--_radius-group);
  }
  .problem.calm {
    background: var(--_color-sunken);
    color: var(--_color-text);
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
  .methods:has(> button):dir(rtl) > label::after {
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
  .secondary.lose {
    color: var(--_color-danger);
  }
  /* The line about the code, where there is no field for one. */
  .enter:has(> .status) ~ .foot slot > * {
    display: none;
  }
  .countdown {
    color: var(--_color-text-muted);
    font-size: var(--_font-size-small);
    text-align: center;
  }
  .submit .countdown {
    color: inherit;
    font-size: inherit;
  }
  /* A wide plugin window has it beside the card, and then not in it. */
  .total {
    display: var(--_total, none);
  }
  .paid > .amount {
    display: var(--_centred, block);
    text-align: center;
  }
  .paid > .amount .currency {
    font-size: 18px;
  }
  .paid .title {
    font-size: 24px;
  }
  .sign.good {
    margin: 8px;
    background: var(--_color-accent);
    box-shadow: 0 0 0 8px var(--_color-accent-soft);
    color: var(--_color-on-accent);
  }
  .prefix,
  .copy-value {
    font-family: var(--_font-family);
  }
  .copy-value {
    user-select: all;
  }
  .details .copy-value {
    white-space: nowrap;
  }
  .sign .spinner {
    inline-size: 100%;
    block-size: 100%;
    border: 4px solid var(--_color-border);
    border-block-start-color: var(--_color-accent);
  }
  /* The check mark draws itself; it is 19 long. */
  .sign.good path {
    stroke-dasharray: 19;
    animation: draw 240ms ease-out 140ms backwards;
  }
  .sign.good {
    animation: grow 160ms ease-out;
  }
  .sign.good .icon {
    inline-size: 32px;
    block-size: 32px;
    stroke-width: 2.4;
  }
  @keyframes grow {
    from {
      transform: scale(0.8);
    }
  }
  @keyframes draw {
    from {
      stroke-dashoffset: 19;
    }
  }
  .fiscal .text {
    display: grid;
    justify-items: start;
    gap: var(--_space-1);
  }
  .fiscal strong {
    color: var(--_color-text);
  }
  .fiscal a {
    display: flex;
    align-items: center;
    min-block-size: 44px;
    color: var(--_color-accent);
  }
  .back {
    display: grid;
    justify-items: center;
    gap: var(--_space-2);
    text-wrap: balance;
  }
  .back a {
    padding-block: var(--_space-2);
  }
  .languages:not([hidden]) {
    display: flex;
    align-items: center;
    gap: var(--_space-1);
    margin-inline-start: auto;
    color: var(--_color-text-muted);
    font-size: 13px;
  }
  .languages .icon {
    inline-size: 16px;
    block-size: 16px;
  }
  .language {
    min-block-size: 44px;
    min-inline-size: 44px;
    max-inline-size: 11em;
    field-sizing: content;
    margin: 0;
    padding: 0 var(--_space-1);
    border: 0;
    border-radius: var(--_radius-control);
    background: var(--_color-surface);
    color: inherit;
    font: inherit;
    line-height: var(--_line);
    cursor: pointer;
  }
  .language:focus-visible {
    outline: 2px solid var(--_color-accent);
  }
  .host {
    color: var(--_color-text-muted);
    font-size: 13px;
    text-align: center;
  }
`;
