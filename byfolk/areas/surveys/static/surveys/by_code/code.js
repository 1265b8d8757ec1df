// A code that was scanned stands after the # of the address, which no server is sent. It is put in the field, and taken
// out of the address, so that it is not left in the browser's history.
const field = document.getElementById("code");
const scanned = decodeURIComponent(location.hash.slice(1));

if (field && scanned && !field.value) {
  field.value = scanned;
  history.replaceState(null, "", location.pathname + location.search);
}
