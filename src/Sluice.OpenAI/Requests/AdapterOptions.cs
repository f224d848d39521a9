using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using SdkResponseFormat = OpenAI.Chat.ChatResponseFormat;

namespace Sluice.OpenAI.Requests;

/// <summary>
/// Options as the adapter is given them. Schemas go out as their authors wrote them: the adapter would close objects and require members. Where
/// <c>strict</c> is asked for, in the additional properties as the adapter reads them, its own strict form is what the API wants and stays.
/// </summary>
internal static partial class AdapterOptions
{
    private static readonly ConditionalWeakTable<AITool, ChatTool> Known = [];

    public static ChatOptions Of(ChatOptions options)
    {
        if (IsStrict(options.AdditionalProperties)) return options;
        var (own, left) = Split(options.Tools);
        var format = options.ResponseFormat as ChatResponseFormatJson is { Schema: not null } schema ? schema : null;
        if (own.Count == 0 && format is null) return options;
        var request = options.Clone();
        request.Tools = left;
        if (format is not null) request.ResponseFormat = null;
        request.RawRepresentationFactory = client =>
        {
            var raw = options.RawRepresentationFactory?.Invoke(client) as ChatCompletionOptions ?? new();
            if (own.Count > 0) AddTools(raw, own, options);
            if (format is not null) raw.ResponseFormat ??= ToFormat(format);
            return raw;
        };
        return request;
    }

    /// <summary>The tools that are written here, and those that are left to the adapter.</summary>
    private static (List<AIFunctionDeclaration> Own, List<AITool>? Left) Split(IList<AITool>? tools)
    {
        var own = new List<AIFunctionDeclaration>(tools?.Count ?? 0);
        List<AITool>? left = null;
        foreach (var tool in tools ?? [])
        {
            if (tool is AIFunctionDeclaration function && !IsStrict(function.AdditionalProperties)) own.Add(function);
            else (left ??= []).Add(tool);
        }

        return (own, left);
    }

    private static void AddTools(ChatCompletionOptions raw, List<AIFunctionDeclaration> functions, ChatOptions options)
    {
        foreach (var function in functions) raw.Tools.Add(Known.GetValue(function, static tool => ToTool((AIFunctionDeclaration)tool)));
        raw.AllowParallelToolCalls ??= options.AllowMultipleToolCalls;
        raw.ToolChoice ??= options.ToolMode switch
        {
            NoneChatToolMode => ChatToolChoice.CreateNoneChoice(),
            RequiredChatToolMode { RequiredFunctionName: { } name } => ChatToolChoice.CreateFunctionChoice(name),
            RequiredChatToolMode => ChatToolChoice.CreateRequiredChoice(),
            _ => null,
        };
    }

    private static ChatTool ToTool(AIFunctionDeclaration function) =>
        ChatTool.CreateFunctionTool(function.Name, function.Description, BinaryData.FromString(function.JsonSchema.GetRawText()));

    private static SdkResponseFormat ToFormat(ChatResponseFormatJson format) => SdkResponseFormat.CreateJsonSchemaFormat(
        NotInAName().Replace(format.SchemaName ?? "answer", "_"), BinaryData.FromString(format.Schema!.Value.GetRawText()), format.SchemaDescription);

    private static bool IsStrict(IReadOnlyDictionary<string, object?>? properties) =>
        properties is not null && properties.TryGetValue("strict", out var strict) && strict is true;

    [GeneratedRegex("[^a-zA-Z0-9_-]", RegexOptions.None, 1000)]
    private static partial Regex NotInAName();
}
