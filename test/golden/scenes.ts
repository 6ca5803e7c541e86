/** All scenes: every state of the QA page, and the stories. */
import { customerStates } from '../../demo/page/states/customer-states.ts';
import { sceneOf } from './play-state.ts';
import type { Scene } from './scene.ts';
import { customerStories } from './stories/customer-stories.ts';
import { merchantStories } from './stories/merchant-stories.ts';

export const scenes: readonly Scene[] = [
  ...customerStates.flatMap(([, states]) => states.map(sceneOf)),
  ...merchantStories,
  ...customerStories,
];
