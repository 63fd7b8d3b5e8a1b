<!doctype html>
<html lang="zh-CN" data-theme="$theme">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>$head · 守望</title>
  <link rel="icon" href="/static/ui/mark.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/static/ui/tokens.css">
  <link rel="stylesheet" href="/static/ui/base.css">
  <link rel="stylesheet" href="/static/ui/shells/portal.css">
  <link rel="stylesheet" href="/static/portal/portal.css">
</head>
<body class="portal">
  <main id="main"><div class="w"><section class="one">
    <h1>$head</h1>
    <p>$why</p>
    <p>$remedy</p>
    <p class="soft">有人正处在危险中？先打 <a href="tel:110">110</a>。</p>
    <p class="soft" lang="en">$english In an emergency call 110.</p>
  </section></div></main>
</body>
</html>
