/** `npm run demo`: starts everything, prints the addresses, stops on Ctrl-C. `read-arguments.ts` lists its arguments. */
import { runDemo } from './run-demo.ts';

await runDemo('npm run demo --');
