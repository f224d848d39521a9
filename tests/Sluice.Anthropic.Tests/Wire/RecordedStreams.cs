namespace Sluice.Anthropic.Tests.Wire;

/// <summary>Streams in the shapes that the documentation of the Messages API shows.</summary>
internal static class RecordedStreams
{
    public const string Text = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_text","type":"message","role":"assistant","model":"claude-sonnet-4-6","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":25,"cache_creation_input_tokens":7,"cache_read_input_tokens":100,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

        event: ping
        data: {"type": "ping"}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüße, "}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\"world\" \u2603 🐻\n"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":15}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    public const string Tools = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_tools","type":"message","role":"assistant","model":"claude-sonnet-4-6","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":472,"output_tokens":2}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Let me look."}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: content_block_start
        data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"stock_level","input":{}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"sku\": \"b"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"oot \\\"4711\\\" ü\", \"limit\": 2"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"5, \"flags\": [true, null]}"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":1}

        event: content_block_start
        data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_2","name":"list_warehouses","input":{}}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":2}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":89}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    public const string Thinking = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_think","type":"message","role":"assistant","model":"claude-sonnet-4-6","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"First, "}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"27 = 3³."}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pk"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: content_block_start
        data: {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"EmwKAhgBEgy3va3pzix"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":1}

        event: content_block_start
        data: {"type":"content_block_start","index":2,"content_block":{"type":"thinking","thinking":"","signature":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":2,"delta":{"type":"signature_delta","signature":"EosnCkYICxIMMb3LzNrMu"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":2}

        event: content_block_start
        data: {"type":"content_block_start","index":3,"content_block":{"type":"text","text":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":3,"delta":{"type":"text_delta","text":"It is 3."}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":3}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":10,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":60,"output_tokens_details":{"thinking_tokens":41}}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    /// <summary>What the version promises to add without warning: events, blocks and deltas of kinds that are not known.</summary>
    public const string Unknown = """
        : a comment

        event: message_start
        data: {"message":{"usage":{"input_tokens":3,"output_tokens":1,"novelty":{"a":[1]}},"id":"msg_new","model":"claude-sonnet-4-6","extra":[{}]},"type":"message_start"}

        event: forecast
        data: not even JSON

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"hologram","text":"not text","depth":3}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"hologram_delta","text":"nor this"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: content_block_start
        data: {"index":1,"content_block":{"text":"A","type":"text","citations":null},"type":"content_block_start"}

        event: content_block_delta
        data: {"delta":{"text":"B","type":"text_delta"},"type":"content_block_delta","index":1}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"text":"no"}}}

        data: {"type":"content_block_delta","index":1,
        data: "delta":{"type":"text_delta","text":"C"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":1}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"pause_turn"},"usage":{"output_tokens":4}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    /// <summary>The streams that the official SDK reads as well, by name.</summary>
    public static IReadOnlyDictionary<string, string> Documented { get; } = new Dictionary<string, string>
    {
        ["text"] = Text,
        ["tools"] = Tools,
        ["thinking"] = Thinking,
        ["max tokens"] = Text.Replace("end_turn", "max_tokens", StringComparison.Ordinal),
        ["stop sequence"] = Text.Replace("end_turn", "stop_sequence", StringComparison.Ordinal),
        ["refusal"] = Text.Replace("end_turn", "refusal", StringComparison.Ordinal),
        ["context"] = Text.Replace("end_turn", "model_context_window_exceeded", StringComparison.Ordinal),
        ["pause"] = Text.Replace("end_turn", "pause_turn", StringComparison.Ordinal),
    };
}
