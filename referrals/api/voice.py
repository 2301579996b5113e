"""The room of the addresses by which a support worker's system asks how it was: the questions, and what was said."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from casework.nrm.leaflets import ENGLISH, written_in
from casework.voice.questions import ASKED, HERE, PARTLY, SKIP, WORDS_MOST, Point, sheets
from referrals import auth
from referrals.actions.voice import tell_voice
from referrals.api import schema
from referrals.api.fields import TextField, YesNoField
from referrals.api.once import Once
from referrals.api.views import AgencyAddress

LANGUAGES = sorted(written_in(HERE))
HOW_MUCH = [(code, code) for code in (*PARTLY, SKIP)]  # named in the document
QUESTIONS = {question.name: question for asked in ASKED.values() for question in asked}


class VoiceAnswerSerializer(serializers.Serializer[Any]):
    """An answer that can be given."""

    code = serializers.CharField(help_text="What you send.")
    words = serializers.CharField(help_text="What you read out.")


class VoiceQuestionSerializer(serializers.Serializer[Any]):
    """A question as it is asked."""

    name = serializers.ChoiceField([(name, name) for name in QUESTIONS], help_text="What you send.")
    words = serializers.CharField(help_text="What you read out.")
    several = serializers.BooleanField(help_text="Whether a list of answers is sent.")
    answers = VoiceAnswerSerializer(many=True)


class VoicePointSerializer(serializers.Serializer[Any]):
    """The questions of one point."""

    point = serializers.ChoiceField(Point.choices)
    about = serializers.CharField(help_text="What you read out first.")
    questions = VoiceQuestionSerializer(many=True)


class VoiceQuestionsSerializer(serializers.Serializer[Any]):
    """Everything that is asked, in one language."""

    language = serializers.CharField()
    languages = serializers.ListField(
        child=serializers.CharField(), help_text="Those that you may ask in."
    )
    intro = serializers.CharField(help_text="Read this out before any question.")
    who = serializers.CharField(help_text="And this: who sees what they answer.")
    words = serializers.CharField(
        help_text="The last question, which they answer in their own words."
    )
    points = VoicePointSerializer(many=True)


class VoiceGivenSerializer(serializers.Serializer[Any]):
    """What they answered, question by question; what is left out was skipped."""

    def get_fields(self) -> dict[str, Any]:
        """A field for each question."""
        return {name: _field(name) for name in QUESTIONS}


class VoiceSerializer(serializers.Serializer[Any]):
    """What somebody said when you asked them."""

    point = serializers.ChoiceField(Point.choices, help_text="What they were asked about.")
    language = serializers.ChoiceField(
        [(code, code) for code in LANGUAGES], help_text="In which language; see `languages`."
    )
    skipped = YesNoField(
        required=False, default=False, help_text="True where they did not want to answer anything."
    )
    answers = VoiceGivenSerializer(required=False, help_text="Of other points than this: not read.")
    words = TextField(
        required=False,
        allow_blank=True,
        max_length=WORDS_MOST,
        help_text="What else they said, as they said it.",
    )


class VoiceToldSerializer(serializers.Serializer[Any]):
    """That it is there. What was said is not given back."""

    point = serializers.ChoiceField(Point.choices)
    language = serializers.CharField()


class Questions(AgencyAddress):
    """What is asked."""

    scope = auth.VOICE

    @extend_schema(
        operation_id="list_questions",
        summary="Read the questions about how the police treated somebody",
        parameters=[
            OpenApiParameter("language", enum=LANGUAGES, description="English if left out."),
        ],
        responses={
            200: OpenApiResponse(VoiceQuestionsSerializer, "Every point, in one language."),
            **schema.problems("invalid", "not-signed-in", "not-allowed"),
        },
    )
    def get(self, request: Request) -> Response:
        """Every point."""
        code = request.query_params.get("language", ENGLISH)
        sheet = sheets().get(code)
        if sheet is None:
            raise ValidationError({"language": ["Nobody has checked the questions in it yet."]})
        said = sheet.sentences
        points = [
            {
                "point": point,
                "about": said[point],
                "questions": [
                    {
                        "name": each.name,
                        "words": said[each.name],
                        "several": each.several,
                        "answers": [
                            {"code": answer, "words": said[answer]}
                            for answer in (*each.answers, SKIP)
                        ],
                    }
                    for each in asked
                ],
            }
            for point, asked in ASKED.items()
        ]
        shown = {name: said[name] for name in ("intro", "who", "words")}
        return Response(shown | {"language": code, "languages": list(sheets()), "points": points})


class Voice(Once, AgencyAddress):
    """What somebody said."""

    throttle_scope = "write"
    scope = auth.VOICE

    @extend_schema(
        operation_id="tell_voice",
        summary="Tell what somebody said of how the police treated them",
        request=VoiceSerializer,
        parameters=[schema.IDEMPOTENCY_KEY],
        responses={
            201: OpenApiResponse(VoiceToldSerializer, "It is there. Nobody gives it back."),
            **schema.problems(
                "malformed",
                "invalid",
                "not-signed-in",
                "not-allowed",
                "not-found",
                "conflict",
                "unsupported-media-type",
                *schema.ONCE,
            ),
        },
    )
    def post(self, request: Request, pk: Any) -> Response:
        """It is kept, apart from the person's case."""
        return self.once(request, lambda: self.told(pk))

    def told(self, pk: Any) -> Response:
        """What was told is not said again."""
        referral = self.referral(pk)
        said = self.said(VoiceSerializer, about=pk)
        tell_voice(
            referral=referral,
            point=said["point"],
            language=said["language"],
            given=None if said["skipped"] else said.get("answers", {}),
            words=said.get("words", ""),
            by=self.actor,
        )
        return Response({"point": said["point"], "language": said["language"]}, 201)


def _field(name: str) -> Any:
    question = QUESTIONS[name]
    one = serializers.ChoiceField(
        [(code, code) for code in (*question.answers, SKIP)], required=False
    )
    if not question.several:
        return one
    return serializers.ListField(child=one, required=False)
