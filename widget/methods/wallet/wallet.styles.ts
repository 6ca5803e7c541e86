/** The style sheet of the wallet form. */
import { css } from 'lit';
import { requisitesStyles } from '../../parts/requisites.styles.ts';

export const walletStyles = css`
  ${requisitesStyles}
  pay-wallet-form {
    display: block;
  }
  .wallet,
  .wallets .method {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
  }
  .wallet {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    padding: var(--_space-3) var(--_space-4);
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius-group);
  }
  .wallets .methods {
    inline-size: 100%;
    box-sizing: border-box;
  }
  .steps {
    display: grid;
    gap: var(--_space-4);
    margin: 0;
    padding: 0;
    counter-reset: step;
    list-style: none;
  }
  .steps > li {
    display: grid;
    gap: var(--_space-3);
    min-inline-size: 0;
    counter-increment: step;
  }
  .step,
  .steps .field:first-child .label {
    display: flex;
    align-items: center;
    gap: 10px;
    margin: 0;
    font-size: var(--_font-size);
    font-weight: var(--_font-weight-strong);
    line-height: var(--_line);
  }
  .ahead {
    gap: var(--_space-2);
    color: var(--_color-text-muted);
    font-size: var(--_font-size-small);
  }
  .ahead > li {
    display: flex;
    gap: 10px;
  }
  .step:focus {
    outline: none;
  }
  .ahead > li::before,
  .step::before,
  .steps .step ~ .field .label::before,
  .steps:has(.step) .field:first-child .label::before {
    flex: none;
    inline-size: 24px;
    border-radius: 50%;
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
    content: counter(step);
    font-size: 13px;
    line-height: 24px;
    text-align: center;
  }
  /* A status ends the transfer: nothing is waited for. */
  .summary:has(~ pay-wallet-form .status) .chip {
    display: none;
  }
  pay-wallet-form .status {
    padding-block-end: var(--_space-1);
  }
  .chip {
    padding: 3px var(--_space-3);
    border-radius: 14px;
    background: var(--_color-sunken);
  }
  .chip,
  .chip * {
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .looking {
    display: flex;
    gap: var(--_space-3);
    padding: var(--_space-3) var(--_space-4);
    border-radius: var(--_radius-control);
    background: var(--_color-warning-soft);
    color: var(--_color-warning);
    font-size: var(--_font-size-small);
  }
  .looking .spinner {
    flex: none;
    margin-block-start: calc((1lh - 20px) / 2);
  }
  .steps .field:has(+ .looking) .note {
    display: none;
  }
  .where {
    margin-block-start: calc(-1 * var(--_space-3));
    font-size: var(--_font-size-small);
  }
  .where summary {
    display: flex;
    align-items: center;
    inline-size: fit-content;
    min-block-size: 44px;
    color: var(--_color-accent);
    font-weight: var(--_font-weight-strong);
    list-style: none;
    cursor: pointer;
  }
  .where summary::-webkit-details-marker {
    display: none;
  }
  .where summary:focus-visible {
    outline: 2px solid var(--_color-accent);
    outline-offset: 2px;
    border-radius: 6px;
  }
  .where p {
    color: var(--_color-text-muted);
  }
  .where .bubble {
    inline-size: fit-content;
    margin-block-start: var(--_space-2);
    padding: var(--_space-2) var(--_space-3);
    border-radius: 14px 14px 14px 4px;
    background: var(--_color-sunken);
  }
  .bubble b {
    margin-inline-start: 6px;
    border-radius: 4px;
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
    font-weight: var(--_font-weight-strong);
    box-shadow: 0 0 0 3px var(--_color-accent-soft);
  }
  #transaction-number {
    text-transform: none;
  }
  .picture-button {
    display: flex;
    justify-content: center;
    gap: var(--_space-2);
    min-block-size: var(--_control-height);
    border-color: var(--_color-border-strong);
    background: var(--_color-surface);
    color: var(--_color-accent);
  }
  .picture-button .icon {
    margin: 0;
    inline-size: 22px;
    block-size: 22px;
  }
  .picture-button:has(.preview) {
    min-block-size: 72px;
    padding-inline: 7px var(--_space-4);
  }
  .preview {
    flex: none;
    inline-size: 56px;
    block-size: 56px;
    border-radius: 8px;
    background: var(--_color-sunken);
    object-fit: cover;
  }
  .picture-name {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    color: var(--_color-text);
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
