/** What jest sees instead of a style sheet or an image. */
module.exports = 'asset';
