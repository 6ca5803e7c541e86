/** The grey bones of a payment that is still on its way. They breathe, slowly, where motion is welcome. */
import { css } from 'lit';

export const skeletonStyles = css`
  .bone {
    display: inline-block;
    inline-size: 40%;
    border-radius: 6px;
    background: var(--_color-border);
    color: transparent;
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  .bone::before {
    content: '\\200b';
  }
  .skeleton .who .bone,
  .skeleton .label .bone,
  .skeleton .note .bone {
    line-height: 1;
    font-size: 0.85em;
  }
  .bone.wide {
    inline-size: 60%;
  }
  .skeleton .label {
    inline-size: 100%;
  }
  .skeleton .label .bone {
    inline-size: 25%;
  }
  .skeleton .who {
    inline-size: 60%;
  }
  .mark.bone {
    inline-size: 44px;
    border-radius: var(--_radius-control);
  }
  .input.bone,
  .submit.bone {
    inline-size: 100%;
    border-color: transparent;
    border-radius: var(--_radius-control);
    background: var(--_color-border);
  }
  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }
`;
