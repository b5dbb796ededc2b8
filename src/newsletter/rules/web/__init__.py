"""Rules about the web version alone; each problem can be fixed in web.html or web.css."""
