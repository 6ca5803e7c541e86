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
  .wallets .methods {
    inline-size: 100%;
    box-sizing: border-box;
  }
  .wallet-mark {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    line-height: 1;
    border-radius: 10px;
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
    font-weight: var(--_font-weight-strong);
  }
  .method:has(:checked) .wallet-mark {
    background: var(--_color-surface);
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
  .step {
    display: flex;
    align-items: baseline;
    gap: var(--_space-2);
  }
  .step::before {
    flex: none;
    display: grid;
    place-items: center;
    min-inline-size: 24px;
    border-radius: 12px;
    background: var(--_color-sunken);
    color: var(--_color-text-muted);
    content: counter(step);
    font-size: var(--_font-size-small);
    text-align: center;
  }
  #transaction-number {
    text-transform: none;
  }
  .picture-button {
    border-color: var(--_color-border-strong);
  }
  .picture-button[data-invalid='true'] {
    border-color: var(--_color-danger);
  }
  .preview {
    max-inline-size: 100%;
    max-block-size: 180px;
    border-radius: var(--_radius-control);
  }
`;
