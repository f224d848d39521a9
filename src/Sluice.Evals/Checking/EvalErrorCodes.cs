namespace Sluice;

/// <summary>The stable codes of the problems of datasets and evals, beside those of <see cref="SpecErrorCodes"/>. A code is never reused for another meaning.</summary>
public static class EvalErrorCodes
{
    /// <summary>The text is no YAML, or uses more of it than datasets need.</summary>
    public const string InvalidYaml = "invalid_yaml";

    /// <summary>The file is neither JSON nor YAML by its name.</summary>
    public const string UnknownFileKind = "unknown_file_kind";

    /// <summary>The file cannot be read, or is no text.</summary>
    public const string UnreadableFile = "unreadable_file";

    /// <summary>The file is larger than a dataset may be.</summary>
    public const string FileTooLarge = "file_too_large";

    /// <summary>There is no case.</summary>
    public const string NoCases = "no_cases";

    /// <summary>Two cases share an id.</summary>
    public const string DuplicateCase = "duplicate_case";

    /// <summary>Two scorers of a case share an id.</summary>
    public const string DuplicateScorer = "duplicate_scorer";

    /// <summary>A case expects nothing that its mode scores.</summary>
    public const string NothingExpected = "nothing_expected";

    /// <summary>A number out of its range, or none.</summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>Weights that come to nothing, so that no score can be formed.</summary>
    public const string NoWeight = "no_weight";

    /// <summary>A regular expression that is none, or that takes too long.</summary>
    public const string InvalidPattern = "invalid_pattern";

    /// <summary>What is expected of a call's arguments does not fit how they are compared.</summary>
    public const string InvalidArgumentMatch = "invalid_argument_match";

    /// <summary>Scripts are to be run, and a case has none.</summary>
    public const string MissingScript = "missing_script";

    /// <summary>There is no agent of that name.</summary>
    public const string UnknownAgent = "unknown_agent";

    /// <summary>No agent has the role that the mode tests.</summary>
    public const string NoAgentOfRole = "no_agent_of_role";

    /// <summary>Several agents could be meant.</summary>
    public const string SeveralAgents = "several_agents";

    /// <summary>The target is of another role than the mode tests.</summary>
    public const string WrongRole = "wrong_role";

    /// <summary>No plan has actions of that kind.</summary>
    public const string UnknownActionKind = "unknown_action_kind";

    /// <summary>A case has a judge, and there is no model that can judge.</summary>
    public const string NoJudge = "no_judge";
}
