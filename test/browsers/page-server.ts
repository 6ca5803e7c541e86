/** Serves pages that a test writes, on an origin that the merchant allows, and one that nobody allows. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Served {
  body: string;
  headers?: Record<string, string>;
}

export interface PageServer {
  /** The shop's, and one of a stranger. */
  origin: string;
  evil: string;
  /** Serves a page from now on. @returns Its address. */
  serve(page: string, headers?: Record<string, string>): string;
  /** Requests to the stranger: method, path, and the credentials that were sent. */
  stolen: string[];
  close(): Promise<void>;
}

export async function startPageServer(): Promise<PageServer> {
  const pages = new Map<string, Served>();
  const stolen: string[] = [];
  const shop = createServer(({ url = '' }, response) => {
    const page = pages.get(url.split('?')[0] ?? '');
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
    response.end(page?.body);
  });
  const evil = createServer(({ method, url, headers }, response) => {
    stolen.push(`${method} ${url} ${headers.authorization ?? ''}`);
    response.writeHead(200, {
      'content-type': 'text/javascript',
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    response.end('document.documentElement.dataset.evil = "ran"');
  });
  const [origin, evilOrigin] = await Promise.all([listen(shop), listen(evil)]);
  return {
    origin,
    evil: evilOrigin,
    stolen,
    serve(body, headers) {
      const path = `/page-${pages.size + 1}`;
      pages.set(path, { body, ...(headers && { headers }) });
      return origin + path;
    },
    async close() {
      for (const server of [shop, evil]) {
        server.closeAllConnections();
        await once(server.close(), 'close');
      }
    },
  };
}

async function listen(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
