import { engines } from '../support/engines.ts';
import { testStates } from './test-states.ts';

for (const engine of engines) if (engine.name === 'postgres') testStates(engine);
