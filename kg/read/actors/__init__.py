"""Reads the officials with their posts, the agencies, and every mention of somebody who can act."""

from kg.model.reading import AgencyRead, OfficialRead
from kg.read.actors.agencies import AgencyGrammar, index_hits
from kg.read.actors.bodies import agency_spans, collect
from kg.read.actors.chains import chains
from kg.read.actors.coreference import Mentions
from kg.read.actors.forms import is_person
from kg.read.actors.holders import Holders
from kg.read.actors.lexicon import Entry, Role, Word, common_families, matcher, named_roles
from kg.read.actors.names import NameGrammar
from kg.read.actors.officials import gather
from kg.read.actors.posts import PostGrammar, PostSpan
from kg.read.actors.records import agency_reads, official_reads
from kg.read.actors.tokens import Tokens, tokenize
from kg.read.mentions import ActorMention
from kg.read.page import Page
from kg.read.records import record

__all__ = ["Actors", "read_actors"]


@record
class Actors:
    """Who a page names: officials, agencies, and the mentions of all who can act, sorted by start and not overlapping."""

    officials: tuple[OfficialRead, ...]
    agencies: tuple[AgencyRead, ...]
    mentions: tuple[ActorMention, ...]


def read_actors(page: Page) -> Actors:
    """Return the actors of `page`. Offsets are code points of its text; rules: GUIDELINES.md (Officials, Agencies)."""
    tokens = tokenize(page)
    hits = index_hits(tokens, matcher().find(page.folded))
    if page.article.zones:
        hits = {i: hit for i, hit in hits.items() if page.zone(tokens.starts[i]) != "byline"}
    hits |= _posts_of_many(tokens, hits)
    grammar = AgencyGrammar(tokens, hits)
    post_grammar = PostGrammar(tokens, hits, grammar)
    posts: list[PostSpan] = []
    end = 0
    for i in sorted(hits):
        if isinstance(hits[i][1], Role) and i >= end:
            post = post_grammar.at(i)
            if post:
                posts.append(post)
                end = post.after
    chained = chains(tokens, posts)
    spans = agency_spans(tokens, hits, grammar)
    taken = {i for span in spans if not span.short for i in range(span.first, span.after)}
    taken |= {i for post in posts for i in range(post.first, post.after)}
    persons = NameGrammar(tokens, hits, chained).find(taken)
    Holders(tokens, hits, chained).link(persons)
    named = {post.first for person in persons for post in person.posts}
    posts = [post for post in posts if post.role.body != "named" or post.first in named]
    inside_names = {i for person in persons for i in range(person.first, person.after)}
    spans = [s for s in spans if s.first not in inside_names and s.first not in post_grammar.foreign_bodies]
    bodies = collect(tokens, spans, posts)
    officials = gather(persons)
    mentions = Mentions(tokens, hits, officials, bodies)
    mentions.persons(persons)
    mentions.posts(chains(tokens, posts))
    mentions.agencies(spans)
    mentions.groups()
    mentions.places()
    mentions.levels()
    return Actors(
        official_reads(tokens, officials, bodies),
        agency_reads(tokens, bodies, page.article.published),
        tuple(sorted(mentions.out, key=lambda m: m.start)),
    )


def _posts_of_many(tokens: Tokens, hits: dict[int, tuple[int, Entry]]) -> dict[int, tuple[int, Entry]]:
    """The posts in groups whose names follow: "các đại biểu" + "Điểu Brơi, H'Lim Niê"."""
    found: dict[int, tuple[int, Entry]] = {}
    for i, (after, entry) in hits.items():
        if isinstance(entry, Word) and entry.kind == "group" and tokens.words[i] == "các" and tokens.cap(after):
            role = named_roles().get(tuple(tokens.words[i + 1 : after]))
            if role is not None and (tokens.words[after] in common_families() or is_person(tokens, after)):
                found[i + 1] = (after, role)
    return found
