/** The grey bones of a payment that is still on its way. They breathe, slowly, where motion is welcome. */
import { css } from 'lit';

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
    inline-size: 40%;
  }
  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }
`;
