"""A deed, the same told by somebody else, and another one."""

KAYAK = (
    "When the river flooded, the kayak school lost its jetty and was about to refund every "
    "booking. She rang the school at seven and moved forty-one bookings to the lake upstream."
)
REWORDED = (
    "The jetty at the kayak school was gone after the flood. I would have sent refunds. She moved "
    "all forty-one bookings to the lake before I had my coffee."
)
FERRY = (
    "Persuaded the harbour master to let the last ferry wait for a wheelchair, and carried the "
    "luggage aboard herself."
)
