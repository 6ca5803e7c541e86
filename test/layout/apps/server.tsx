import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { Shop } from './shop';

const [api = '', secret = ''] = process.argv.slice(2);
process.stdout.write(
  renderToString(
    <StrictMode>
      <Shop api={api} secret={secret} />
    </StrictMode>,
  ),
);
