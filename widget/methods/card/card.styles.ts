/** The style sheet of the card form. */
import { css } from 'lit';

export const cardStyles = css`
  pay-card-form {
    display: block;
  }
  pay-card-form .input {
    text-transform: none;
  }
  .card-fields {
    display: grid;
    gap: var(--_space-3);
  }
  pay-card-form .note {
    min-block-size: calc(1em * var(--_line));
  }
  .card-fields .field {
    grid-template-columns: minmax(0, 1fr);
  }
  .card-fields .input {
    grid-area: 2 / 1;
  }
  .card-mark {
    inline-size: 36px;
    block-size: 24px;
  }
  .card-fields .card-mark {
    grid-area: 2 / 1;
    place-self: center end;
    margin-inline-end: var(--_space-3);
    pointer-events: none;
  }
  /* A short field: its hint stands beside it, an error below it. */
  .card-fields .field + .field {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: var(--_space-3);
  }
  .card-fields .field + .field .label,
  .card-fields .field + .field .error {
    flex: 1 0 100%;
  }
  .card-fields .field + .field .input {
    inline-size: 8em;
  }
  .card-fields .field + .field .note:not(.error) {
    flex: 1 1 6em;
    min-inline-size: 0;
  }
  .card-fields .field:has(.card-mark) .input {
    padding-inline-end: calc(36px + 2 * var(--_space-3));
  }
  .card-mark,
  .payme-sign {
    flex: none;
    fill: none;
    stroke: var(--_color-border-strong);
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .card-mark[data-system] {
    fill: var(--_color-accent-soft);
    stroke: var(--_color-accent);
  }
  .card-mark path {
    fill: none;
  }
  .card-name {
    display: flex;
    flex-wrap: wrap;
    flex: 1;
    justify-content: space-between;
    gap: 0 var(--_space-3);
  }
  .cards {
    box-sizing: border-box;
    inline-size: 100%;
  }
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
  .method:has(:checked) .card-mark[data-system] {
    fill: var(--_color-surface);
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
  .asked .secondary {
    display: inline-grid;
    inline-size: auto;
    min-inline-size: 44px;
    padding-inline: var(--_space-3);
  }
  .asked .yes {
    color: var(--_color-danger);
  }
  .save-card label {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    min-block-size: 44px;
    font-weight: var(--_font-weight-strong);
    cursor: pointer;
  }
  .save-card input {
    flex: none;
    inline-size: 22px;
    block-size: 22px;
    margin: 0;
    accent-color: var(--_color-accent);
  }
  .code-head {
    display: grid;
    gap: var(--_space-1);
  }
  .phone {
    white-space: nowrap;
  }
  /* Space for two lines, so that the error about a wrong code does not move the buttons. */
  pay-card-form #sms-code-note {
    min-block-size: calc(2em * var(--_line));
  }
  #sms-code {
    font-size: 24px;
    letter-spacing: 0.4em;
  }
  .instead {
    display: grid;
    justify-items: center;
  }
  .instead .countdown {
    padding-block: var(--_space-3);
  }
  .card-foot {
    display: grid;
    gap: var(--_space-2);
    color: var(--_color-text-muted);
    font-size: 13px;
  }
  .card-foot .note {
    font-size: inherit;
  }
  .payme,
  .payme p {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-1) var(--_space-2);
  }
  .payme {
    justify-content: space-between;
    min-block-size: 44px;
  }
  .payme-sign {
    inline-size: 20px;
    block-size: 20px;
    stroke: currentcolor;
  }
  .offer {
    display: grid;
    place-items: center;
    min-inline-size: 44px;
    min-block-size: 44px;
    color: inherit;
  }
`;
