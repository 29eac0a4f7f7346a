"""The names of the dimensions by which Mux Data breaks down and filters."""

TRACES = frozenset({"video_cdn_trace"})

_BASIC = """
asset_id browser cdn continent_code exit_before_video_start live_stream_id operating_system
playback_id player_name player_software source_type stream_type sub_property_id video_content_type
video_id video_series video_startup_failure video_title view_has_ad viewer_device_category
viewer_device_manufacturer viewer_device_name
"""
_ADVANCED = """
asn audio_codec audio_codec_initial browser_version client_application_name
client_application_version country custom_1 custom_2 custom_3 custom_4 custom_5 custom_6 custom_7
custom_8 custom_9 custom_10 custom_11 custom_12 custom_13 custom_14 custom_15 custom_16 custom_17
custom_18 custom_19 custom_20 experiment_name environment_id operating_system_version page_type
page_url playback_failure playback_business_exception player_autoplay player_error_code
player_language player_mux_plugin_name player_mux_plugin_version player_poster player_preload
player_remote_played player_software_version player_version region source_hostname
time_shift_enabled used_captions used_pip video_affiliate video_brand video_cdn_trace video_codec
video_codec_initial video_creator_id video_dynamic_range_type video_dynamic_range_type_initial
video_encoding_variant video_language video_producer video_source_bitrate
video_source_bitrate_initial video_source_fps video_source_fps_initial video_source_height
video_source_height_initial video_source_width video_source_width_initial
video_startup_business_exception video_variant_id video_variant_name view_cdn_edge_pop
view_cdn_origin view_drm_type view_dropped view_dropped_frame_count view_session_id
viewer_connection_type viewer_device_model viewer_user_id viewer_plan viewer_plan_status
viewer_plan_category view_drm_level
"""
# What clients of Mux may group by although the list of dimensions leaves it out.
_UNLISTED = """
ad_playback_failure content_playback_failure preroll_ad_asset_hostname preroll_ad_tag_hostname
preroll_played preroll_requested
"""

BASIC = tuple(_BASIC.split())
ADVANCED = tuple(_ADVANCED.split())
DIMENSIONS = frozenset([*BASIC, *ADVANCED, *_UNLISTED.split()])
