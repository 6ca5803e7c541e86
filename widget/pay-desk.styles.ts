/** The frame of the desk: type, spaces, the head and the foot. It has no ground of its own; the page gives it one. */
import { css } from 'lit';
import { controlStyles } from './parts/control.styles.ts';
import { skeletonStyles } from './parts/skeleton.styles.ts';
import { statusStyles } from './parts/status.styles.ts';
import { theme } from './theme.ts';

const frame = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  .root {
    --_line: var(--_line-height);
    display: flex;
    flex-direction: column;
    gap: var(--_space-4);
    /* One height for entering and checking: the page around does not jump between them. */
    min-block-size: 26rem;
    color: var(--_color-text);
    font-family: var(--_font-family);
    font-size: var(--_font-size);
    font-weight: 400;
    line-height: var(--_line);
    letter-spacing: normal;
    text-align: start;
    text-size-adjust: 100%;
    -webkit-font-smoothing: antialiased;
  }
  .root:lang(my) {
    --_line: var(--_line-height-tall);
  }
  p {
    margin: 0;
  }
  .screen,
  .skeleton {
    display: grid;
    gap: var(--_space-4);
    animation: arrive var(--_motion-duration) var(--_motion-easing);
  }
  .header {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    min-block-size: 44px;
  }
  .mark {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border-radius: var(--_radius-control);
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
    font-weight: var(--_font-weight-strong);
  }
  .who {
    display: grid;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .merchant {
    font-weight: var(--_font-weight-strong);
  }
  .order {
    color: var(--_color-text-muted);
    font-size: var(--_font-size-small);
  }
  .amount {
    font-size: var(--_font-size-amount);
    font-weight: var(--_font-weight-strong);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.01em;
    line-height: 1.2;
    overflow-wrap: anywhere;
  }
  .amount .currency {
    color: var(--_color-text-muted);
    font-size: calc(var(--_font-size-amount) / 2);
    letter-spacing: 0;
  }
  .amount.centred {
    text-align: center;
  }
  .test {
    padding: var(--_space-1) var(--_space-3);
    border-radius: var(--_radius-control);
    background: var(--_color-warning-soft);
    color: var(--_color-warning);
    font-size: 13px;
    font-weight: var(--_font-weight-strong);
    text-align: center;
  }
  .footer {
    margin-block-start: auto;
    padding-block-start: var(--_space-2);
    color: var(--_color-text-muted);
    font-size: 13px;
  }
  .footer slot {
    display: flex;
    gap: var(--_space-2);
  }
  .icon {
    flex: none;
    inline-size: 22px;
    block-size: 22px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .footer .icon {
    inline-size: 16px;
    block-size: 16px;
    margin-block-start: calc((1em * var(--_line) - 16px) / 2);
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(4px);
    }
  }
`;

const quiet = css`
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before {
      animation-duration: 0s !important;
      animation-iteration-count: 1 !important;
      transition: none !important;
    }
    .spinner {
      border-style: dotted;
    }
  }
  @media (forced-colors: active) {
    .submit,
    .secondary,
    .copy,
    .warning,
    .test {
      border: 1px solid currentcolor;
    }
  }
`;

export const deskStyles = [theme, frame, controlStyles, statusStyles, skeletonStyles, quiet];
