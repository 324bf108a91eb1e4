"""The web pages and what machines read, over one graph home: `create_app(open_site(home))` is an ASGI application."""
