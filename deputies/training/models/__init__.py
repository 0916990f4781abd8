"""Training: the year's plan, materials, questions, quizzes and contests (培训)."""

from deputies.training.models.audience import Audience
from deputies.training.models.contests import Contest, Entrant
from deputies.training.models.materials import Material, Receipt
from deputies.training.models.planning import Lesson, Nomination, OnboardingCall, PlanLine, TrainingPlan
from deputies.training.models.questions import Question, QuestionImport, QuestionRow
from deputies.training.models.quizzes import Attempt, Quiz

__all__ = [
    "Attempt",
    "Audience",
    "Contest",
    "Entrant",
    "Lesson",
    "Material",
    "Nomination",
    "OnboardingCall",
    "PlanLine",
    "Question",
    "QuestionImport",
    "QuestionRow",
    "Quiz",
    "Receipt",
    "TrainingPlan",
]
