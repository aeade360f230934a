/**
 * Loaded into each service before its own code: when the launcher is gone, however it went (kill -9 included),
 * the channel to it closes, and the service stops instead of holding the port for ever.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The channel alone must not keep a service alive that has nothing else to do.
process.channel?.unref();
