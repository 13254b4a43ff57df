/**
 * What `/t.js` answers. A page includes it as
 *
 *     <script async src="https://hooks.shop.example/t.js" data-source="<token of the source's address>"
 *       data-visitor="<signed token>"></script>
 *
 * It tells the source which page was opened and where from, by whom only where the page or the link says it: with
 * `data-visitor`, or with `?hl=<signed token>` in a link that was sent to somebody. It sets no cookie, keeps nothing, sends
 * nothing about a visitor who has no token or has asked not to be tracked (Do Not Track, Global Privacy Control), and never
 * breaks the page. Written as it is sent, line by line: there is no build.
 */
export const trackerScript = [
  '(function(w,d){try{',
  'var n=w.navigator,s=d.currentScript,x=n.doNotTrack||w.doNotTrack;',
  // Firefox wrote "yes" before 32, which costs four bytes to honour.
  'if(!s||n.globalPrivacyControl||x=="1"||x=="yes")return;',
  'var u=new URL(w.location.href),p=u.searchParams,k=p.get("hl")||s.dataset.visitor;',
  'if(!k)return;',
  // Whoever gets the address of the page must not get the token with it.
  'if(p.has("hl"))p.delete("hl");',
  'u.hash="";',
  // Beside the script: first-party wherever the page takes it from.
  'var a=new URL("in/"+encodeURIComponent(s.dataset.source),s.src).href,',
  'b=JSON.stringify({u:u.href,r:d.referrer,k:k});',
  // Plain text needs no preflight. A beacon survives leaving the page, and so does a fetch that is kept alive.
  'n.sendBeacon&&n.sendBeacon(a,b)||',
  'w.fetch(a,{method:"POST",body:b,keepalive:true,mode:"no-cors",credentials:"omit"}).catch(function(){})',
  '}catch(e){}})(window,document)',
].join('')
