/** The style sheet of screens that are not a form: icon and title centred, then rows, then actions. */
import { css } from 'lit';

export const statusStyles = css`
  .status {
    display: grid;
    justify-items: center;
    gap: var(--_space-2);
    padding-block-start: var(--_space-5);
    text-align: center;
  }
  .sign {
    display: grid;
    place-items: center;
    inline-size: 64px;
    block-size: 64px;
    border-radius: 50%;
    background: var(--_color-sunken);
    color: var(--_color-text-muted);
  }
  .sign.calm:has(.icon) {
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
  }
  .sign.warn {
    background: var(--_color-warning-soft);
    color: var(--_color-warning);
  }
  .sign.bad {
    color: var(--_color-danger);
  }
  .sign .icon {
    inline-size: 30px;
    block-size: 30px;
    margin: 0;
  }
  .title {
    margin: 0;
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
