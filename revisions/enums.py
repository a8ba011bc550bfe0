"""Closed sets of the revisions app."""

from django.db import models


class AmendmentKind(models.TextChoices):
    """What a change in a draft edition does."""

    NEW = "new", "新設"
    REWORD = "reword", "文言変更"
    CONCRETISE = "concretise", "具体化（★解除）"
    STUDY = "study", "検討項目とする（★付与）"
    MOVE = "move", "移動"
    RENUMBER = "renumber", "番号の変更"
    SPLIT = "split", "分割"
    MERGE = "merge", "統合"
    END = "end", "終了"
    RESTORE = "restore", "変更の取りやめ"


class Aspect(models.TextChoices):
    """In which respect a change in a draft makes a text differ from the edition that the draft was made from."""

    WHOLE = "whole", "全体"
    TITLE = "title", "重点項目の名称"
    OVERVIEW = "overview", "取組の概要"
    STAR = "star", "★"
    PLACE = "place", "場所"
    NUMBER = "number", "番号"
    LINEAGE = "lineage", "分割・統合"
    NAME = "name", "名称"
    ENGLISH = "english", "英語の語"
    TAGLINE = "tagline", "標語"
    HEADING = "heading", "見出し"
    BODY = "body", "本文"
    PERIOD = "period", "計画期間"
    ISSUER = "issuer", "策定者"
    WORDS = "words", "文言"


class OriginKind(models.TextChoices):
    """What gave rise to a change of the plan (改定のきっかけ)."""

    DECISION = "decision", "本部会議の決定"
    PROBLEM = "problem", "課題・協議事項"
    ROUND = "round", "照会への回答"
    FIELD = "field", "現場の動向・気づき"
    TECHNOLOGY = "technology", "技術の動向"
    NATION = "nation", "国・県の動向"
    ERRATUM = "erratum", "正誤"
    OTHER = "other", "その他（理由のとおり）"
