/** Style sheets of buttons, fields and radios, sized for thumbs and with a visible focus; of screens in plain text; and of the loading skeleton. */
import { css } from 'lit';

export const controlStyles = css`
  .summary {
    display: contents;
  }
  .panel {
    display: grid;
    gap: var(--_space-4);
  }
  .field {
    display: grid;
    justify-items: start;
    gap: var(--_space-2);
    /* What comes into view is the field with its error and the button below it. */
    scroll-margin-block: 24px 84px;
  }
  .box {
    display: grid;
    align-items: center;
    inline-size: 100%;
    /* What is typed runs from left to right; what lies over the field stays at its end. */
    direction: ltr;
  }
  .box > *,
  .submit span {
    grid-area: 1 / 1;
  }
  .paste {
    justify-self: end;
    inline-size: 44px;
    block-size: 44px;
    margin-inline-end: 4px;
    padding: 0;
    border: 0;
    border-radius: 9px;
    background: none;
    color: var(--_color-accent);
  }
  .input:has(+ .paste) {
    padding-inline-end: 52px;
  }
  .input,
  .submit,
  .secondary,
  .copy {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: var(--_control-height);
    margin: 0;
    padding: var(--_space-1) var(--_space-4);
    border: 1px solid transparent;
    border-radius: var(--_radius-control);
    font: inherit;
    transition: var(--_motion-duration) var(--_motion-easing);
    transition-property: border-color, box-shadow, filter;
  }
  .input {
    scroll-margin-block: 24px 160px;
    border-color: var(--_color-border-strong);
    background: var(--_color-surface);
    color: var(--_color-text);
    font-size: 18px;
    letter-spacing: var(--_code-tracking);
    text-transform: uppercase;
    appearance: none;
  }
  .input::placeholder {
    color: var(--_color-text-muted);
    opacity: 1;
  }
  .input[aria-invalid='true'],
  [data-invalid='true'] {
    --_color-accent: var(--_color-danger);
    border-color: var(--_color-danger);
  }
  /* Without the condition a browser that lacks it (Chrome before 111) would show no focus at all on a wrong field. */
  @supports (color: color-mix(in srgb, red, red)) {
    .input[aria-invalid='true'],
    [data-invalid='true'] {
      --_color-focus-ring: color-mix(in srgb, var(--_color-danger) 24%, transparent);
    }
  }
  .input:disabled {
    background: var(--_color-sunken);
    color: var(--_color-text-muted);
    opacity: 1;
  }
  .input:focus-visible {
    /* Transparent, yet drawn where the system sets the colours and drops shadows. */
    outline: 2px solid transparent;
    border-color: var(--_color-accent);
    box-shadow: 0 0 0 1px var(--_color-accent), 0 0 0 calc(1px + var(--_focus-ring-width)) var(--_color-focus-ring);
  }
  .note,
  .warning {
    display: flex;
    gap: var(--_space-2);
  }
  .field:has(> .input, > .box) > .note {
    /* Space for two lines: an error takes the place of the hint without moving the button. */
    min-block-size: calc(2em * var(--_line));
  }
  .error {
    color: var(--_color-danger);
  }
  .submit,
  .secondary,
  .copy,
  .paste {
    display: grid;
    place-items: center;
    font-weight: var(--_font-weight-strong);
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    touch-action: manipulation;
  }
  .submit[hidden],
  .paste[hidden] {
    display: none;
  }
  .submit {
    background: var(--_color-accent);
    color: var(--_color-on-accent);
  }
  .submit:disabled {
    background: var(--_color-sunken);
    border-color: var(--_color-border);
    color: var(--_color-text-muted);
    cursor: default;
  }
  .submit[aria-disabled='true'] {
    cursor: progress;
  }
  @media (hover: hover) {
    .submit:hover:enabled,
    a.submit:hover {
      filter: brightness(1.08);
    }
  }
  :is(.submit, .secondary, .copy, .paste):focus-visible {
    outline: 2px solid var(--_color-accent);
    outline-offset: 2px;
    box-shadow: 0 0 0 calc(4px + var(--_focus-ring-width)) var(--_color-focus-ring);
  }
  .submit .working {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    max-inline-size: 100%;
    /* Longer words than those of the idle button must not make it taller. */
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  [data-busy='false'] .working,
  [data-busy='true'] .idle {
    visibility: hidden;
  }
  /* A quick answer should not flicker: the button changes its words only after a moment. */
  [data-busy='true'] span {
    transition: visibility 0s 300ms;
  }
  .warning,
  .details {
    padding: var(--_space-3) var(--_space-4);
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
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  /* The room of its line and its buttons, which come a moment later. */
  pay-code-options:not(:defined)[data-offers] {
    display: block;
    block-size: 171px;
  }
  /* What a screen in plain text has of the look of the later ones, whose style sheet has not arrived. */
  .sign {
    inline-size: 64px;
    block-size: 64px;
    border-radius: 50%;
  }
  .status {
    display: grid;
    justify-items: center;
    gap: var(--_space-2);
    text-align: center;
  }
  .details {
    border-radius: var(--_radius-control);
    background: var(--_color-sunken);
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  pay-copy-row:not(:defined)::before {
    content: attr(data-value);
  }
`;

/** The grey bones of a payment that is still on its way. They breathe, slowly, where motion is welcome. */
export const skeletonStyles = css`
  .bone.bone {
    border-color: transparent;
    border-radius: var(--_radius-control);
    background: var(--_color-border);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  .amount .bone {
    display: block;
  }
  .who.bone,
  .amount .bone {
    flex: none;
    inline-size: 40%;
  }
  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }
`;
