import { StrictMode } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { Shop } from './shop';

const query = new URLSearchParams(location.search);
const page = (
  <StrictMode>
    <Shop api={query.get('api') ?? ''} secret={query.get('secret') ?? ''} />
  </StrictMode>
);
const container = document.getElementById('app') as HTMLElement;
// A server has rendered the page, or has not.
if (container.firstElementChild) hydrateRoot(container, page);
else createRoot(container).render(page);
