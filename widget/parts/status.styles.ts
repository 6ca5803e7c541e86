/** The style sheet of screens that are not a form, beyond what the first download has of it for the screens in plain text. */
import { css } from 'lit';

export const statusStyles = css`
  .status {
    padding-block-start: var(--_space-5);
  }
  .sign.over,
  .sign.bad,
  .sign:has(.spinner) {
    background: var(--_color-sunken);
    color: var(--_color-text-muted);
  }
  .sign.warn {
    background: var(--_color-warning-soft);
    color: var(--_color-warning);
  }
  .sign.bad {
    color: var(--_color-danger);
  }
  @supports (color: color-mix(in srgb, red, red)) {
    .sign.bad {
      background: color-mix(in srgb, var(--_color-danger) 10%, var(--_color-surface));
    }
  }
  .sign .icon {
    inline-size: 30px;
    block-size: 30px;
  }
  .title {
    font-size: var(--_font-size-title);
    font-weight: var(--_font-weight-strong);
    line-height: calc(var(--_line) - 0.15);
    text-wrap: balance;
  }
  .title:focus {
    outline: none;
  }
  .text {
    color: var(--_color-text-muted);
    text-wrap: balance;
  }
`;
