/** The grey bones of a payment that is still on its way. They breathe, slowly, where motion is welcome. */
import { css } from 'lit';

export const skeletonStyles = css`
  .bone {
    display: inline-block;
    inline-size: 8em;
    border-radius: 6px;
    /* As high as a line of text, drawn a little lower. */
    border-block: 0.2em solid transparent;
    background: var(--_color-border) padding-box;
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  .bone::before {
    content: '\\200b';
  }
  .amount .bone,
  .label.bone {
    inline-size: 4em;
  }
  .note .bone {
    align-self: start;
    inline-size: 18em;
  }
  .mark.bone {
    inline-size: 44px;
    border-block-width: 0;
    border-radius: var(--_radius-control);
  }
  .input.bone,
  .submit.bone {
    inline-size: 100%;
    border: 0;
    border-radius: var(--_radius-control);
  }
  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }
`;
