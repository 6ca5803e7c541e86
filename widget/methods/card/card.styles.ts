/** The style sheet of the card form. */
import { css } from 'lit';
import { cardMarkStyles } from './card-marks.styles.ts';
import { savedCardStyles } from './saved-cards.styles.ts';

export const cardStyles = css`
  ${savedCardStyles}
  ${cardMarkStyles}
  pay-card-form {
    display: block;
  }
  pay-card-form .input {
    text-transform: none;
  }
  .prefix {
    z-index: 1;
    justify-self: start;
    padding-inline-start: var(--_space-4);
    color: var(--_color-text-muted);
    font-size: 18px;
    letter-spacing: var(--_code-tracking);
    pointer-events: none;
  }
  .prefix + .input {
    padding-inline-start: calc(var(--_space-4) + 3em);
  }
  .card-fields {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-3);
  }
  pay-card-form .field:has(> .box) > .note {
    min-block-size: calc(1em * var(--_line));
  }
  .card-fields .note:has(.unseen) {
    display: none;
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
  .card-fields .field + .field .box {
    inline-size: 8.5em;
    max-inline-size: 100%;
  }
  .card-fields .field + .field .note:not(.error) {
    flex: 1 1 6em;
    min-inline-size: 0;
  }
  .card-fields .input:has(+ .card-marks) {
    padding-inline-end: calc(32px + 2 * var(--_space-3));
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
    display: grid;
    place-items: center;
    inline-size: 22px;
    block-size: 22px;
    margin: 0;
    border: 2px solid var(--_color-border-strong);
    border-radius: 6px;
    background: var(--_color-surface);
    appearance: none;
  }
  .save-card input:checked {
    border-color: var(--_color-accent);
    background: var(--_color-accent);
  }
  .save-card input:checked::before {
    inline-size: 5px;
    block-size: 10px;
    margin-block-end: 3px;
    border: solid var(--_color-on-accent);
    border-width: 0 2.2px 2.2px 0;
    rotate: 45deg;
    content: '';
  }
  .save-card input:focus-visible {
    outline: 2px solid var(--_color-accent);
    outline-offset: 2px;
  }
  @media (forced-colors: active) {
    .save-card input {
      appearance: auto;
    }
  }
  .code-head {
    display: grid;
    gap: var(--_space-1);
  }
  .phone {
    white-space: nowrap;
  }
  #sms-code {
    font-size: 24px;
    letter-spacing: 0.3em;
  }
  /* Six places of one field: each digit stands in the middle of its own. */
  .box:has(.places) {
    --place: min(58px, (100cqi - 40px) / 6);
    position: relative;
  }
  .places {
    display: flex;
    gap: 8px;
    pointer-events: none;
  }
  .places i {
    box-sizing: border-box;
    inline-size: var(--place);
    block-size: var(--_control-height);
    border: 1px solid var(--_color-border-strong);
    border-radius: var(--_radius-control);
    background: var(--_color-surface);
  }
  #sms-code:has(+ .places) {
    z-index: 1;
    /* The space after the last digit has room too, so that the field never scrolls. */
    inline-size: calc(6 * (var(--place) + 8px) + 8px);
    max-inline-size: none;
    /* It counts as wide as the six places, or the form would grow with it. */
    margin-inline-end: -16px;
    padding-inline: calc((var(--place) - 1ch) / 2) 0;
    border-color: transparent;
    background: none;
    box-shadow: none;
    font-weight: 600;
    letter-spacing: calc(var(--place) + 8px - 1ch);
  }
  .box:has(.places) {
    overflow: clip;
    overflow-clip-margin: 6px;
  }
  #sms-code:focus-visible + .places .next {
    border-color: var(--_color-accent);
    box-shadow: 0 0 0 1px var(--_color-accent), 0 0 0 calc(1px + var(--_focus-ring-width)) var(--_color-focus-ring);
  }
  #sms-code[aria-invalid='true'] + .places i {
    --_color-accent: var(--_color-danger);
    border-color: var(--_color-danger);
  }
  #sms-code:disabled + .places i {
    border-color: var(--_color-border);
    background: var(--_color-sunken);
  }
  /* The hint, and beside it what leads to another SMS; below it where the line has no room for both. */
  .code-field {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2) var(--_space-3);
  }
  .code-field > .field {
    display: contents;
  }
  .code-field .label,
  .code-field .box {
    flex: 1 0 100%;
  }
  .next-code {
    display: flex;
    align-items: center;
    min-block-size: 44px;
    margin-block: -11px;
    margin-inline-start: auto;
  }
  .next-code .secondary {
    padding-inline: 0;
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
  .offer {
    display: grid;
    place-items: center;
    min-inline-size: 44px;
    min-block-size: 44px;
    color: inherit;
  }
`;
