/** The options of the shop's pages, from the query of their address, and the headers of all pages. */
import type { FastifyRequest } from 'fastify';
import { type Embedding, embeddings, type SecretOnPage } from '../page/qa-api.ts';
import { type BookCurrency, bookCurrency } from './book.ts';

export interface PageOptions {
  embed: Embedding;
  /** BCP 47; empty: the customer's browser decides. */
  lang: string;
  theme: 'auto' | 'light' | 'dark';
  secret: SecretOnPage;
  /** The payment methods that the page leaves, e.g. `pay_code`; empty: all. */
  methods: string;
  /** Whether the checkout calls the BFF through `demo/qa/fault-line.ts`. */
  line: boolean;
  /** Currency of the book's price. */
  currency: BookCurrency;
}

export function pageOptions(request: FastifyRequest): PageOptions {
  const query = new URLSearchParams(request.url.split('?')[1]);
  const lang = query.get('lang') ?? '';
  const embed = query.get('embed');
  const theme = query.get('theme');
  const secret = query.get('secret');
  return {
    embed: embed && Object.hasOwn(embeddings, embed) ? (embed as Embedding) : 'script',
    lang: /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(lang) ? lang : '',
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    secret: secret === 'unknown' || secret === 'late' ? secret : 'right',
    methods: query.get('methods') ?? '',
    line: query.has('line'),
    currency: bookCurrency(query.get('currency')),
  };
}

/**
 * The headers of the shop's pages: a strict policy with Trusted Types, under which the widget must work. A merchant copies
 * the four lines that name Pay Desk.
 * @param bffOrigin Origin of `/v1/pay-desk.js` and the plugin window.
 */
export const pageHeaders = (bffOrigin: string): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    `script-src 'self' ${bffOrigin}`,
    `connect-src 'self' ${bffOrigin}`,
    `frame-src 'self' ${bffOrigin}`,
    "require-trusted-types-for 'script'; trusted-types lit-html pay-desk 'allow-duplicates'",
    "style-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
});

/** Those of the gallery, which starts the service worker that is its BFF, and needs nothing of any other origin. */
export const galleryHeaders: Record<string, string> = {
  ...pageHeaders(''),
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "connect-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; '),
};
