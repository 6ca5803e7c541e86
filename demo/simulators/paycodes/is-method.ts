/** Whether PayCodes has a method of this name. */
import { methods } from './methods.ts';

export const isMethod = (name: string): name is keyof typeof methods => Object.hasOwn(methods, name);
