import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `npm run dev` finds the server whose API the pages use. */
const server = process.env['HOOKLINE_DEV_SERVER'] ?? 'http://127.0.0.1:8420'
const answeredByServer = ['/v1', '/docs', '/openapi.json', '/i/', '/in/', '/healthz', '/readyz', '/t.js']

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  css: { postcss: import.meta.dirname },
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2024',
    // Small files as data: URLs would need a weaker Content-Security-Policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: Object.fromEntries(answeredByServer.map((path) => [path, { target: server }])) },
})
