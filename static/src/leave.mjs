// The quick exit takes the place of the page in the browser's history, so that Back does not lead to it again; and
// a page that the browser kept whole is asked for anew. Without scripts the exit is a link.
for (const link of document.querySelectorAll('[data-leave]')) {
  link.addEventListener('click', event => {
    event.preventDefault()
    document.body.hidden = true
    window.location.replace(link.href)
  })
}
window.addEventListener('pageshow', event => {
  if (event.persisted) window.location.reload()
})
