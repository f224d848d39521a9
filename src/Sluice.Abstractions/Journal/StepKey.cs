namespace Sluice.Journal;

/// <summary>The keys of a run's steps: stable across resumes, so that a step that is run again finds what it recorded.</summary>
/// <remarks>
/// <para>
/// What belongs to the run as a whole has the key <c>run</c>. A frame's key is <c>main</c> for the run's first frame and the key of the
/// tool call that opened it for any other. A turn's key is <c>{frame}/{turn}</c>, a tool call's <c>{frame}/{turn}/{toolUseId}</c>, and a
/// step within one of them appends <c>#{name}</c>: <c>main/2/call-7#approval</c>, <c>main/2/call-7#action/0</c>. In ids <c>~</c> is
/// written <c>~0</c>, <c>/</c> is <c>~1</c> and <c>#</c> is <c>~2</c>.
/// </para>
/// <para>A sub-agent's frame shares its key with the call that opened it: only frame_started and frame_completed entries mean the frame.</para>
/// </remarks>
public static class StepKey
{
    /// <summary>The key of what belongs to the run as a whole.</summary>
    public const string Run = "run";

    /// <summary>The key of the run's first frame.</summary>
    public const string Main = "main";

    /// <summary>The key of the frame that a tool call opened.</summary>
    /// <param name="parentCall">The key of that call; null: the run's first frame.</param>
    public static string Frame(string? parentCall) => parentCall ?? Main;

    /// <summary>The key of a turn.</summary>
    /// <param name="frame">The key of its frame.</param>
    /// <param name="turn">The turn within the frame, from 1.</param>
    public static string Turn(string frame, int turn)
    {
        ArgumentException.ThrowIfNullOrEmpty(frame);
        ArgumentOutOfRangeException.ThrowIfLessThan(turn, 1);
        return $"{frame}/{turn}";
    }

    /// <summary>The key of a tool call.</summary>
    /// <param name="turn">The key of the turn that made it.</param>
    /// <param name="toolUseId">The call's id, as the model wrote it. Not empty.</param>
    public static string Call(string turn, string toolUseId)
    {
        ArgumentException.ThrowIfNullOrEmpty(turn);
        ArgumentException.ThrowIfNullOrEmpty(toolUseId);
        return $"{turn}/{Escape(toolUseId)}";
    }

    /// <summary>The key of a step within a call, a turn or a frame.</summary>
    /// <param name="key">What it is a part of.</param>
    /// <param name="name">Its name there, such as <c>approval</c> or <c>action/0</c>. Not empty, and without <c>#</c>.</param>
    public static string Sub(string key, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Contains('#'))
            throw new ArgumentException($"A step's name cannot have a '#': '{name}'.", nameof(name));
        return $"{key}#{name}";
    }

    /// <summary>The key of the frame that a turn, a call or a part of one belongs to; empty for <see cref="Run"/>.</summary>
    /// <param name="key">The key. One that names both a call and the frame it opened is taken as the call.</param>
    public static ReadOnlySpan<char> FrameOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var whole = WithoutSub(key);
        if (whole.SequenceEqual(Run)) return [];
        var slashes = whole.Count('/');
        if (slashes == 0) return whole;
        var turn = slashes % 2 == 0 ? whole[..whole.LastIndexOf('/')] : whole;
        return turn[..turn.LastIndexOf('/')];
    }

    /// <summary>The id of the call that a key names or is a part of; null when it names a turn, the first frame or the run.</summary>
    /// <param name="key">The key of a call, of a part of one, or of the frame that it opened.</param>
    public static string? ToolUseIdOf(ReadOnlySpan<char> key)
    {
        var whole = WithoutSub(key);
        var slashes = whole.Count('/');
        return slashes == 0 || slashes % 2 != 0 ? null : Unescape(whole[(whole.LastIndexOf('/') + 1)..]);
    }

    private static ReadOnlySpan<char> WithoutSub(ReadOnlySpan<char> key)
    {
        var end = key.IndexOf('#');
        return end < 0 ? key : key[..end];
    }

    private static string Escape(string id) => id.AsSpan().IndexOfAny('~', '/', '#') < 0
        ? id
        : id.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal).Replace("#", "~2", StringComparison.Ordinal);

    private static string Unescape(ReadOnlySpan<char> text) => text.Contains('~')
        ? text.ToString().Replace("~2", "#", StringComparison.Ordinal).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
        : text.ToString();
}
