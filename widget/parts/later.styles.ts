/** The style sheet that only the later screens need: moving icons, the link back, what the forms offer besides. */
import { css } from 'lit';
import { detailsStyles } from './details.styles.ts';
import { discountStyles } from './discount.styles.ts';
import { leadingRowStyles } from './leading-rows.styles.ts';
import { qrStyles } from './qr.styles.ts';
import { statusStyles } from './status.styles.ts';
import { walletMarkStyles } from './wallet-marks.styles.ts';

export const laterStyles = css`
  ${detailsStyles}
  ${discountStyles}
  ${leadingRowStyles}
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
  /* While the question about the code is open, its buttons replace the submit button. */
  .panel:has(.consent) > .submit {
    display: none;
  }
  .problem {
    padding: var(--_space-3);
    border-radius: var(--_radius-group);
  }
  .problem.calm {
    background: var(--_color-sunken);
    color: var(--_color-text);
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
  .secondary.check {
    background: var(--_color-accent-soft);
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
