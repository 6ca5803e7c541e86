/** Whether a call shows the key where this PayCodes wants it. */
import type { IncomingHttpHeaders } from 'node:http';
import type { AuthForm } from './auth-form.ts';

export function isAuthorized(form: AuthForm, key: string, headers: IncomingHttpHeaders, params: unknown): boolean {
  switch (form.type) {
    case 'bearer':
      return headers.authorization === `Bearer ${key}`;
    case 'header':
      return headers[form.name.toLowerCase()] === key;
    case 'param':
      return Object.hasOwn(Object(params), form.name) && Object(params)[form.name] === key;
    case 'none':
      return true;
  }
}
