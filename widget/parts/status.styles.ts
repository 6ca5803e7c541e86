/** The screens that are not a form: sign and title in the middle, facts in rows, actions at the end. */
import { css } from 'lit';

export const statusStyles = css`
  .status {
    display: grid;
    justify-items: center;
    gap: var(--_space-2);
    padding-block-start: var(--_space-5);
    text-align: center;
  }
  .paid .amount {
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
  .sign.good {
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
  }
  .sign.bad {
    color: var(--_color-danger);
  }
  .sign .icon {
    inline-size: 30px;
    block-size: 30px;
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
    text-wrap: pretty;
  }
  .warning {
    padding: var(--_space-2) var(--_space-4);
  }
  .details {
    margin: 0;
    border-block-start: 1px solid var(--_color-border);
  }
  .details > div,
  .copy-row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-1) var(--_space-4);
  }
  .details > div {
    min-block-size: 44px;
    border-block-end: 1px solid var(--_color-border);
  }
  .copy-row {
    flex-wrap: wrap;
    justify-content: end;
    padding-block: var(--_space-1);
  }
  .details dd {
    margin: 0;
    color: var(--_color-text);
    font-weight: var(--_font-weight-strong);
    text-align: end;
    overflow-wrap: anywhere;
  }
  .copy-value {
    user-select: all;
  }
  .countdown {
    text-align: center;
  }
  .spinner {
    box-sizing: border-box;
    inline-size: 20px;
    block-size: 20px;
    border: 2px solid;
    border-block-start-color: transparent;
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }
  .sign .spinner {
    inline-size: 100%;
    block-size: 100%;
    border: 4px solid var(--_color-accent-soft);
    border-block-start-color: var(--_color-accent);
  }
  .tick {
    stroke-dasharray: 1;
    animation: draw 400ms ease-out 100ms backwards;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @keyframes draw {
    from {
      stroke-dashoffset: 1;
    }
  }
`;
