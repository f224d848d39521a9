using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.New;

/// <summary>What a starter project is called, and the namespace of its code, which is what <c>dotnet new</c> makes of the name.</summary>
internal sealed partial record ProjectName(string Text, string Namespace)
{
    private const int MostCharacters = 100;

    private static readonly FrozenSet<string> Keywords = FrozenSet.Create(
        StringComparer.Ordinal,
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate",
        "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in",
        "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private",
        "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this",
        "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while");

    /// <summary>A type of each namespace and assembly whose types the starter project uses by their short names.</summary>
    private static readonly Type[] Used =
    [
        typeof(object), typeof(Console), typeof(Enumerable), typeof(Lock), typeof(Task), typeof(JsonElement), typeof(ChatMessage),
        typeof(Define), typeof(RuntimeSpec), typeof(AgentRuntime), typeof(EvalSubject),
    ];

    /// <summary>What its test uses of a package that is not here.</summary>
    private static readonly string[] UsedInTests = ["Assert", "TestContext"];

    /// <summary>Reads a name.</summary>
    /// <exception cref="WrongUseException">It cannot be the name of a project, or its code would not compile.</exception>
    public static ProjectName Parse(string text)
    {
        var parts = text.Split('.');
        if (text.Length > MostCharacters || !Array.TrueForAll(parts, Part().IsMatch))
        {
            throw Refused(
                text, "is no name",
                $"A name has letters, digits and _, and between them -, . and spaces; {MostCharacters} characters at most. --out says where it is written.");
        }

        string[] identifiers = [.. parts.Select(ToIdentifier)];
        if (Array.Find(identifiers, Keywords.Contains) is { } keyword)
            throw Refused(text, $"cannot be a namespace, since '{keyword}' is a keyword of C#", "Choose another.");
        // Packages that need each other in a circle cannot be restored.
        if (identifiers[0].Equals("Sluice", StringComparison.OrdinalIgnoreCase)) throw Refused(text, "is a name of Sluice's own packages", "Choose another.");
        if (Array.Find(identifiers, HidesType) is { } hiding) throw Refused(text, $"would hide the type '{hiding}', which the project uses", "Choose another.");
        return new(text, string.Join('.', identifiers));
    }

    /// <summary>Whether code in a namespace, or below one, could no longer name a type.</summary>
    private static bool HidesType(string identifier) =>
        UsedInTests.Contains(identifier) || Array.Exists(Used, used => used.Assembly.GetType($"{used.Namespace}.{identifier}") is { IsPublic: true });

    private static string ToIdentifier(string part)
    {
        var identifier = part.Replace(' ', '_').Replace('-', '_');
        return char.IsDigit(identifier[0]) ? $"_{identifier}" : identifier;
    }

    private static WrongUseException Refused(string text, string problem, string hint) => new($"'{text}' {problem}.", hint);

    [GeneratedRegex(@"^[\p{L}\p{Nd}_]([\p{L}\p{Nd}_ -]*[\p{L}\p{Nd}_])?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
