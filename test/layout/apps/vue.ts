import { createApp } from 'vue';
import Shop from './Shop.vue';

const query = new URLSearchParams(location.search);
createApp(Shop, { api: query.get('api'), secret: query.get('secret') }).mount('#app');
