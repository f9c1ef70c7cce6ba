"""Papers of Taiwan, Hong Kong, Japan and Korea as data: how their statutes and official letters are made."""
